package dev.slipway.validation.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SPDX licence expression (SPDX 2.3, annex D): {@code OR} binds least, then {@code AND}, {@code WITH} and {@code +}. The
 * library that SPDX keeps fetches its list of licences over the network and builds RDF models; this needs neither, as what is
 * allowed is the policy's list and no other.
 */
sealed interface LicenseExpression {
    /** Nested parentheses, and operators, of one expression. */
    int DEPTH_MAX = 50;

    /** One licence, with what is added to it. */
    record One(License license) implements LicenseExpression {}

    /** All of them hold. */
    record All(List<LicenseExpression> parts) implements LicenseExpression {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** Whoever uses it chooses. */
    record Any(List<LicenseExpression> parts) implements LicenseExpression {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A licence, in one form for all that mean the same.
     *
     * @param id in small letters, without {@code -only} and {@code -or-later}
     * @param orLater whether any later version may be chosen
     * @param exception what is permitted beside, in small letters; empty without
     */
    record License(String id, boolean orLater, String exception) {
        private static final Pattern VERSIONED = Pattern.compile("(.*?)-([0-9]+(?:\\.[0-9]+)*)(-.*)?");

        static License of(String written, String exception) {
            String id = written.toLowerCase(Locale.ROOT);
            boolean later = id.endsWith("+") || id.endsWith("-or-later");
            return new License(
                    id.replaceFirst("(\\+|-or-later|-only)$", ""), later, exception.toLowerCase(Locale.ROOT));
        }

        /** Whether who allows this one allows the other: an exception only ever permits more. */
        boolean allows(License other) {
            boolean exceptionFits = exception.isEmpty() || exception.equals(other.exception);
            return exceptionFits && (id.equals(other.id) || (orLater && isLater(other.id)));
        }

        private boolean isLater(String other) {
            Matcher mine = VERSIONED.matcher(id);
            Matcher others = VERSIONED.matcher(other);
            return mine.matches()
                    && others.matches()
                    && mine.group(1).equals(others.group(1))
                    && String.valueOf(mine.group(3)).equals(String.valueOf(others.group(3)))
                    && compare(others.group(2), mine.group(2)) > 0;
        }

        private static int compare(String one, String two) {
            String[] ones = one.split("\\.");
            String[] twos = two.split("\\.");
            for (int i = 0; i < Math.max(ones.length, twos.length); i++) {
                int order = Integer.compare(part(ones, i), part(twos, i));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        private static int part(String[] parts, int place) {
            return place < parts.length && parts[place].length() < 9 ? Integer.parseInt(parts[place]) : 0;
        }
    }

    /** Whether it can be used with nothing but what is allowed. */
    default boolean isAllowed(List<License> allowed) {
        return switch (this) {
            case One one -> allowed.stream().anyMatch(ours -> ours.allows(one.license()));
            case All all -> all.parts().stream().allMatch(part -> part.isAllowed(allowed));
            case Any any -> any.parts().stream().anyMatch(part -> part.isAllowed(allowed));
        };
    }

    /** Nothing where it is no expression. */
    static Optional<LicenseExpression> parse(String text) {
        return new Parser(text).parse();
    }

    /** Descends: {@code or := and (OR and)*}, {@code and := one (AND one)*}, {@code one := (or) | id [WITH id]}. */
    final class Parser {
        private static final Pattern TOKEN = Pattern.compile("\\s*([()]|[A-Za-z0-9][A-Za-z0-9.:-]*\\+?)\\s*");

        private final List<String> tokens = new ArrayList<>();
        private int at;
        private int depth;
        private boolean broken;

        private Parser(String text) {
            Matcher matcher = TOKEN.matcher(text);
            int end = 0;
            while (end < text.length() && matcher.find(end) && matcher.start() == end) {
                tokens.add(matcher.group(1));
                end = matcher.end();
            }
            broken = end < text.length() || tokens.isEmpty();
        }

        private Optional<LicenseExpression> parse() {
            if (broken) {
                return Optional.empty();
            }
            LicenseExpression all = or();
            return broken || at < tokens.size() ? Optional.empty() : Optional.of(all);
        }

        private LicenseExpression or() {
            List<LicenseExpression> parts = new ArrayList<>(List.of(and()));
            while (accept("OR")) {
                parts.add(and());
            }
            return parts.size() == 1 ? parts.getFirst() : new Any(parts);
        }

        private LicenseExpression and() {
            List<LicenseExpression> parts = new ArrayList<>(List.of(one()));
            while (accept("AND")) {
                parts.add(one());
            }
            return parts.size() == 1 ? parts.getFirst() : new All(parts);
        }

        private LicenseExpression one() {
            if (accept("(") && !broken) {
                depth++;
                broken |= depth > DEPTH_MAX;
                LicenseExpression inner = broken ? nothing() : or();
                broken |= !accept(")");
                depth--;
                return inner;
            }
            String id = id();
            return new One(License.of(id, accept("WITH") ? id() : ""));
        }

        private LicenseExpression nothing() {
            broken = true;
            return new One(License.of("", ""));
        }

        private String id() {
            boolean there = at < tokens.size() && !isOperator(tokens.get(at));
            broken |= !there;
            return there ? tokens.get(at++) : "";
        }

        private static boolean isOperator(String token) {
            return token.matches("(?i)and|or|with|[()]");
        }

        private boolean accept(String token) {
            boolean there = at < tokens.size() && tokens.get(at).equalsIgnoreCase(token);
            at += there ? 1 : 0;
            return there;
        }
    }
}
