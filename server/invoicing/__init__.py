"""What a month is charged and credited, customer by customer, and what it leaves of each agreement.

What a missed promise gives back is worked out in `server.credits`.
"""
