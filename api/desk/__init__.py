"""The practice's desk: who comes when, invitations, users, tablets, who read what. Nothing of what people said."""
