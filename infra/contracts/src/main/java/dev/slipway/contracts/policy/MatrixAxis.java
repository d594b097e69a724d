package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One side of a duty's matrix, such as the platforms on which something is tried. The matrix has a cell for each combination of
 * the values of its axes; a cell is named by them, in the order of the axes, with a slash between: {@code linux/firefox}.
 *
 * @param name of the axis, 1 to 40 characters
 * @param values 1 to 50, each once: letters, digits, dots, hyphens, underscores and plus signs, 1 to 40 characters that begin
 *     with a letter or a digit
 */
public record MatrixAxis(String name, List<String> values) {
    public static final int AXES_MAX = 4;
    public static final int VALUES_MAX = 50;

    /** Most cells of one duty. */
    public static final int CELLS_MAX = 100;

    private static final String BETWEEN = "/";
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,39}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,39}");

    public MatrixAxis {
        Texts.requirePresent("matrix: a name", name);
        Texts.requirePresent("matrix: values", values);
        values = List.copyOf(values);
        Ranges.require("duties.matrix.%s: number of values".formatted(name), values.size(), 1, VALUES_MAX);
        Policy.requireOnce("duties.matrix.%s: each value".formatted(name), values);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "duties.matrix: a name must have 1 to 40 letters, digits, dots, hyphens and underscores and start with a letter, is "
                            + Texts.shown(name));
        }
        values.stream().filter(value -> !VALUE.matcher(value).matches()).forEach(value -> {
            throw new IllegalArgumentException(
                    "duties.matrix: a value must have 1 to 40 letters, digits, dots, hyphens, underscores and plus signs and start with a letter or a digit, is "
                            + Texts.shown(value));
        });
    }

    static List<MatrixAxis> requireBounded(List<MatrixAxis> axes) {
        List<MatrixAxis> all = List.copyOf(axes);
        Ranges.require("duties.matrix: number of names", all.size(), 0, AXES_MAX);
        Policy.requireOnce(
                "duties.matrix: each name", all.stream().map(MatrixAxis::name).toList());
        long cells = all.stream().mapToLong(axis -> axis.values().size()).reduce(1, (one, other) -> one * other);
        Ranges.require("duties.matrix: number of cells", cells, 1, CELLS_MAX);
        return all;
    }

    /** Names of all cells: the values of the last axis change first. None where there is no axis. */
    public static List<String> cells(List<MatrixAxis> axes) {
        List<String> cells = List.of();
        for (MatrixAxis axis : axes) {
            List<String> before = cells;
            cells = before.isEmpty()
                    ? axis.values()
                    : before.stream()
                            .flatMap(cell -> axis.values().stream().map(value -> cell + BETWEEN + value))
                            .toList();
        }
        return cells;
    }

    /** For a sentence: {@code platforms linux, macos; browsers firefox}. */
    public static String words(List<MatrixAxis> axes) {
        return axes.stream()
                .map(axis -> axis.name() + " " + String.join(", ", axis.values()))
                .collect(Collectors.joining("; "));
    }
}
