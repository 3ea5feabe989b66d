package example;

/** A place where a ship can lie. */
public record Berth(String name, int metres) {}
