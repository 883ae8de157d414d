"""Children who go missing: notices, a manager's oversight, risk, and the return home interview."""
