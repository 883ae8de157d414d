"""The records of children and adults, and who may open a restricted one."""
