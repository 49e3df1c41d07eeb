"""How sure a ranking is (名次的把握): by the method, by the figures, and by both. The door is `jinghe.contest`."""
