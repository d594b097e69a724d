package dev.slipway.messaging;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Which handler takes which message type. Unknown types are counted and passed over. */
public final class Routes {
    private final Map<String, Route<?>> routes;
    private final boolean partial;

    private Routes(Map<String, Route<?>> routes, boolean partial) {
        this.routes = Map.copyOf(routes);
        this.partial = partial;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Set<String> types() {
        return routes.keySet();
    }

    /**
     * Whether these are a second look at topics that another subscription hears whole: what they do not name, and what they
     * cannot do, is left to it.
     */
    boolean partial() {
        return partial;
    }

    /** The route of exactly this type, else of the longest registered prefix (a route whose type ends in a dot). */
    Optional<Route<?>> find(String type) {
        Route<?> exact = routes.get(type);
        if (exact != null) {
            return Optional.of(exact);
        }
        return routes.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".") && type.startsWith(entry.getKey()))
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
    }

    /** Body type and handler of one message type. */
    record Route<B>(Class<B> bodyType, BiConsumer<Inbound, B> handler) {}

    /** Collects routes. */
    public static final class Builder {
        private final Map<String, Route<?>> routes = new HashMap<>();

        /**
         * Registers a handler. It runs on the listener's thread and must be quick: parse, find the aggregate, submit.
         *
         * @param type a whole type, or a prefix ending in a dot (CDEvents are matched on their prefix)
         */
        public <B> Builder on(String type, Class<B> bodyType, BiConsumer<Inbound, B> handler) {
            if (routes.putIfAbsent(type, new Route<>(bodyType, handler)) != null) {
                throw new IllegalArgumentException("Type " + type + " already has a handler");
            }
            return this;
        }

        public Routes build() {
            return new Routes(routes, false);
        }

        /** For {@link Recipe#listenAhead}. */
        public Routes ahead() {
            return new Routes(routes, true);
        }
    }
}
