"""The shapes of requests and answers at the HTTP edge."""
