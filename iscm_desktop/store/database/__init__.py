"""Where it lies: tables, transactions, files and servers, copies."""
