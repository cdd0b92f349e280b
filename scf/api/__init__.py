"""The HTTP API: the portals' journeys and scoping for machines. Imports journeys and queries only.

Amounts are integers in minor units, rates in ppm, dates ISO 8601. A refusal is problem+json
(RFC 9457) with the code of the DomainError and a sentence in the user's language.
"""
