package dev.slipway.release.policy;

/**
 * One thing that is wrong with a policy.
 *
 * @param line where, 1 for the first
 * @param column where, 1 for the first
 * @param path which value, for example {@code gates[0].within}; empty for the document
 * @param message what is wrong, with the limit or the legal values
 */
public record Finding(int line, int column, String path, String message) {
    @Override
    public String toString() {
        String what = path.isEmpty() ? message : path + " " + message;
        return "line %d, column %d: %s".formatted(line, column, what);
    }
}
