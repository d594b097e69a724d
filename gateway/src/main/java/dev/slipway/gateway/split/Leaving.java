package dev.slipway.gateway.split;

import dev.slipway.contracts.EnvironmentId;
import java.util.HashSet;
import java.util.Set;

/**
 * What leaves service: versions that requests could get before and cannot get any more. What is still open to them ends when
 * it ends, except for what never does by itself, as a WebSocket, which is told.
 *
 * <table>
 * <caption>Every case, for a version that requests could get</caption>
 * <tr><td>its share becomes 0 %, or its table has it no more</td><td>it leaves</td></tr>
 * <tr><td>its share becomes another above 0 %, or it becomes the verified one</td><td>it stays</td></tr>
 * <tr><td>it is unverified beside a verified one, and its table has not been repeated in time</td><td>it leaves</td></tr>
 * <tr><td>it is a first release, and its table has not been repeated in time</td><td>it stays</td></tr>
 * <tr><td>it is verified and takes over at 0 %, and its table is repeated again</td><td>it leaves</td></tr>
 * </table>
 *
 * @param environment where
 * @param keys of the shares that left
 */
public record Leaving(EnvironmentId environment, Set<String> keys) {
    public Leaving {
        keys = Set.copyOf(keys);
    }

    /**
     * From one look to the next.
     *
     * @param before keys of the shares that requests could get, as {@link SplitTables#serving} tells them
     * @param after those that requests can get now
     */
    public static Leaving of(EnvironmentId environment, Set<String> before, Set<String> after) {
        if (after.containsAll(before)) {
            return new Leaving(environment, Set.of());
        }
        Set<String> left = new HashSet<>(before);
        left.removeAll(after);
        return new Leaving(environment, left);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }
}
