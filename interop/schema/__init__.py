"""What the official schemas say of a message: XML Schema and JSON Schema, offline, as one level of checking.

A schema judges form, not meaning: it does not know the code lists. What it cannot judge is reported as not checked.
"""
