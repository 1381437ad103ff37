"""What an auditor looks for, one module a rule: each a function of the document that returns what it saw."""
