"""The pages of the practice's desk: visits, invitations, tablets, users, who read what, reports; without JavaScript."""
