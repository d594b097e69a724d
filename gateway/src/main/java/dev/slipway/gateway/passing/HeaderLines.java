package dev.slipway.gateway.passing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The lines of a message's head in the order in which they came, several of one name included. Each value is as it came. */
@FunctionalInterface
public interface HeaderLines extends Iterable<Map.Entry<CharSequence, CharSequence>> {
    /** Takes the lines of another head, in their order. */
    @FunctionalInterface
    interface Sink {
        void add(CharSequence name, CharSequence value);
    }

    /** Every value of a name. */
    default List<String> values(String lowerName) {
        List<String> values = new ArrayList<>(1);
        for (Map.Entry<CharSequence, CharSequence> line : this) {
            if (is(line.getKey(), lowerName)) {
                values.add(line.getValue().toString());
            }
        }
        return values;
    }

    /** The names that the lines {@code Connection} list, in lower case: they concern this connection alone. */
    default Set<String> ofThisConnection() {
        Set<String> named = Set.of();
        for (Map.Entry<CharSequence, CharSequence> line : this) {
            if (is(line.getKey(), "connection")) {
                named = named.isEmpty() ? new HashSet<>() : named;
                for (String name : line.getValue().toString().split(",")) {
                    named.add(name.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return named;
    }

    /** Whether a name is this one, whatever its case. */
    static boolean is(CharSequence name, String lowerName) {
        int length = lowerName.length();
        return name.length() == length && startsWith(name, lowerName);
    }

    /** Whether a name begins like this, whatever its case. */
    static boolean startsWith(CharSequence name, String lowerStart) {
        if (name.length() < lowerStart.length()) {
            return false;
        }
        for (int i = 0; i < lowerStart.length(); i++) {
            char c = name.charAt(i);
            if (c != lowerStart.charAt(i) && (c < 'A' || c > 'Z' || c + ('a' - 'A') != lowerStart.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
