"""What everyone may see: easy read and open data, built once at publication."""
