"""Children who go missing: the list, one episode, the interview, and the rates."""
