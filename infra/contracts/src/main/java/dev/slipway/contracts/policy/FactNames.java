package dev.slipway.contracts.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The facts that reports of one kind may say, each with its unit.
 *
 * @param units by name. A name that ends in {@code .*} stands for all that begin as it does, {@code *} alone for every name
 */
public record FactNames(Map<String, String> units) {
    /** A fact with this unit is compared with percentages alone. */
    public static final String PERCENT = "PERCENT";

    private static final String OPEN = "*";

    public FactNames {
        units = Map.copyOf(units);
    }

    /** Whether a report of the kind may say it. */
    public boolean knows(String name) {
        return units.containsKey(name)
                || units.keySet().stream().anyMatch(known -> known.endsWith(OPEN) && name.startsWith(beginning(known)));
    }

    /** Whether reports may say any name. */
    public boolean open() {
        return units.containsKey(OPEN);
    }

    /** Whether some name begins with this one and a dot. */
    public boolean knowsBelow(String name) {
        return units.keySet().stream().anyMatch(known -> known.startsWith(name + ".") || known.equals(OPEN));
    }

    /** In which unit it is; nothing where the report says it. */
    public Optional<String> unit(String name) {
        return Optional.ofNullable(units.get(name));
    }

    /** All names that are known before any report is read, sorted. */
    public List<String> known() {
        return units.keySet().stream()
                .filter(name -> !name.endsWith(OPEN))
                .sorted()
                .toList();
    }

    /** What stands before the first dot of all names, sorted. */
    public List<String> roots() {
        return units.keySet().stream()
                .filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.')))
                .distinct()
                .sorted()
                .toList();
    }

    /** The same with names that a report says beside. */
    public FactNames with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(more);
        all.putAll(units);
        return new FactNames(all);
    }

    /** What is to be said of a name that is not known. */
    public String remedy(String written) {
        return NearestName.to(written, known())
                .map(name -> "did you mean " + name + "?")
                .orElseGet(() -> "there is "
                        + String.join(", ", units.keySet().stream().sorted().toList()));
    }

    private static String beginning(String open) {
        return open.substring(0, open.length() - OPEN.length());
    }
}
