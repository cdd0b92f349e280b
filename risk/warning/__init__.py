"""Early warning: one pure function a signal, over a measured chain and what the business hands
over. Nothing here knows a table; what becomes of a signal is `risk.operations.warnings`."""
