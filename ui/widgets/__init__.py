"""Small parts that several pages use: badges, cards, boxes for typing, layouts."""
