"""What agencies' systems call: `/api/v1`, the same deeds and reads as the pages."""
