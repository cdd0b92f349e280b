"""What every portal's page stands in: session actor, top bar, rail, login, language, errors."""
