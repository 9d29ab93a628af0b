"""The encrypted database.

The only room that speaks SQL, and one door (`change`) through which everything is written.
"""
