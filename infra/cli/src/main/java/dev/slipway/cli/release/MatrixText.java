package dev.slipway.cli.release;

import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Cell;
import dev.slipway.contracts.release.GuideView.LineState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a duty is asked for cell by cell, as a table: the values of the last axis are its columns. */
final class MatrixText {
    private MatrixText() {}

    /** Nothing where it is asked as a whole; below the table why a cell failed, does not apply or is waived. */
    static List<String> lines(DutyView duty) {
        if (duty.matrix().isEmpty()) {
            return List.of();
        }
        List<List<String>> table = table(duty);
        List<String> lines = new ArrayList<>();
        table.forEach(row -> lines.add(line(row, table)));
        duty.cells().stream()
                .filter(cell -> cell.state() == LineState.FAILED || cell.state() == LineState.DOES_NOT_APPLY)
                .forEach(cell -> lines.add("%s: %s".formatted(cell.name(), cell.why())));
        duty.cells().stream()
                .filter(cell -> cell.state() == LineState.WAIVED)
                .collect(Collectors.groupingBy(
                        Cell::why, LinkedHashMap::new, Collectors.mapping(Cell::name, Collectors.joining(", "))))
                .forEach((why, names) -> lines.add("%s: %s".formatted(names, why)));
        return lines;
    }

    private static List<List<String>> table(DutyView duty) {
        List<MatrixAxis> rows = duty.matrix().subList(0, duty.matrix().size() - 1);
        List<String> columns = duty.matrix().getLast().values();
        List<List<String>> table = new ArrayList<>();
        String corner = rows.stream().map(MatrixAxis::name).collect(Collectors.joining("/"));
        table.add(Stream.concat(Stream.of(corner), columns.stream()).toList());
        List<String> heads = rows.isEmpty() ? List.of("") : MatrixAxis.cells(rows);
        for (int row = 0; row < heads.size(); row++) {
            Stream<String> cells = duty.cells().stream()
                    .skip((long) row * columns.size())
                    .limit(columns.size())
                    .map(MatrixText::word);
            table.add(Stream.concat(Stream.of(heads.get(row)), cells).toList());
        }
        return table;
    }

    private static String word(Cell cell) {
        return GuideAnswer.word(cell.state()).replace('-', ' ');
    }

    private static String line(List<String> row, List<List<String>> table) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> row.get(column)
                        + " ".repeat(width(table, column) - row.get(column).length()))
                .collect(Collectors.joining("  "))
                .strip();
    }

    private static int width(List<List<String>> table, int column) {
        return table.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
