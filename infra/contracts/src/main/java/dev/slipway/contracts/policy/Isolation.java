package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What both environments give their programs, as far as one must not reach what is the other's: addresses, places on the
 * disk, credentials. The check {@code isolated} compares the two. No value of a secret is in it, and none of a variable that
 * is no address or folder.
 *
 * @param staging at most {@value #GIVEN_MAX}
 * @param production likewise
 */
public record Isolation(List<Given> staging, List<Given> production) {
    public static final int GIVEN_MAX = 1_000;

    public Isolation {
        Texts.requirePresent("staging", staging);
        Texts.requirePresent("production", production);
        Ranges.require("isolation.staging: how much is given", staging.size(), 0, GIVEN_MAX);
        Ranges.require("isolation.production: how much is given", production.size(), 0, GIVEN_MAX);
        staging = List.copyOf(staging);
        production = List.copyOf(production);
    }

    /** What is compared with what. */
    public enum Kind {
        /** Host and port, {@code 127.0.0.1} for this machine by whichever name. */
        ADDRESS("address"),
        /** An address with its path, as a database has one; without who asks and how. */
        URL("URL"),
        /** A place on the disk; one within the other is shared. */
        FOLDER("folder"),
        /** A secret, by its fingerprint. */
        SECRET("secret"),
        /** The value of a variable that the policy names, by its digest. */
        VALUE("value");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /**
     * One thing that a program is given.
     *
     * @param key what it is called, for people: {@code env.NAME}, {@code port}, {@code folder}, {@code command[2]}
     * @param mark the same for what is the same: an address, a place, a fingerprint; null where nobody could tell
     */
    public record Given(
            String key,
            Kind kind,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String mark) {
        public Given {
            Texts.requireLength("isolation: a key", key, 1, 300);
            Texts.requirePresent("isolation: a kind", kind);
        }

        private boolean isSameAs(Given other) {
            if (kind != other.kind || mark == null || other.mark == null) {
                return false;
            }
            return mark.equals(other.mark)
                    || (kind == Kind.FOLDER && (within(mark, other.mark) || within(other.mark, mark)));
        }

        private static boolean within(String place, String folder) {
            return place.startsWith(folder.endsWith("/") ? folder : folder + "/");
        }
    }

    /** What came of comparing one thing that staging is given, the gravest last. */
    public enum Found {
        DIFFERENT,
        ALLOWED,
        UNKNOWN,
        SHARED
    }

    /**
     * One line of the comparison.
     *
     * @param key as staging calls it
     * @param text what was found, in words that follow the key
     */
    public record Row(String key, Found found, String text) {}

    /** Each thing that staging is given beside all that production is, in order, each key once. */
    public List<Row> rows(Isolated rule) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Given given : staging) {
            rows.merge(
                    given.key(), row(given, rule), (one, two) -> two.found().compareTo(one.found()) >= 0 ? two : one);
        }
        return List.copyOf(rows.values());
    }

    private Row row(Given given, Isolated rule) {
        Optional<Given> same = production.stream().filter(given::isSameAs).findFirst();
        if (same.isPresent()) {
            String text = "same %s as %s of production"
                    .formatted(given.kind().word, same.get().key());
            String reason = rule.shared().get(given.key());
            return reason == null
                    ? new Row(given.key(), Found.SHARED, text)
                    : new Row(given.key(), Found.ALLOWED, text + ", which may be: " + reason);
        }
        if (given.mark() == null) {
            return new Row(given.key(), Found.UNKNOWN, "%s not known".formatted(given.kind().word));
        }
        return production.stream()
                .filter(other -> other.kind() == given.kind() && other.mark() == null)
                .findFirst()
                .map(other -> new Row(
                        given.key(),
                        Found.UNKNOWN,
                        "%s of production's %s not known".formatted(given.kind().word, other.key())))
                .orElseGet(() -> new Row(given.key(), Found.DIFFERENT, "different"));
    }

    /** Both sides' programs in terms of what one must not have of the other, gathered one by one. */
    public static final class Gathering {
        private final List<Given> all = new ArrayList<>();

        /** @param mark null where nobody could tell */
        public void add(String key, Kind kind, @Nullable String mark) {
            if (all.size() < GIVEN_MAX) {
                all.add(new Given(key, kind, mark));
            }
        }

        /** A port of this machine. */
        public void addPort(String key, String number) {
            add(key, Kind.ADDRESS, NamedPlace.ofThisMachine(number));
        }

        /** What a text names beside the program itself: addresses and places, or nothing. */
        public boolean addText(String key, String text) {
            Optional<NamedPlace> place = NamedPlace.of(text);
            place.ifPresent(found -> {
                found.addresses().forEach(address -> add(key, Kind.ADDRESS, address));
                found.url().ifPresent(url -> add(key, Kind.URL, url));
                found.folder().ifPresent(folder -> add(key, Kind.FOLDER, folder));
            });
            return place.isPresent();
        }

        public List<Given> all() {
            return List.copyOf(all);
        }
    }

    /** All rows in one line. */
    public static String text(List<Row> rows) {
        return rows.stream().map(row -> row.key() + " " + row.text()).collect(Collectors.joining("; "));
    }
}
