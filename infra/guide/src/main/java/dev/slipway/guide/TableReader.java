package dev.slipway.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/** Tables: a checklist's rows are lines; schedules, rotas and tables of examples are read and said to be none. */
final class TableReader {
    private static final Pattern TASK =
            Pattern.compile(".*\\b(tasks?|steps?|items?|actions?|activit(y|ies)|checks?|check"
                    + " name|what|to.?do|description|requirements?|criteri(on|a)|aufgabe|schritt|was|prüfung)\\b.*");
    private static final Pattern DONE = Pattern.compile(
            ".*\\b(done|status|completed?|state|checked|passed|result|ok|signed.?off|erledigt)\\b.*|^[✅☑✔]\\uFE0F?$");
    private static final Pattern WHO = Pattern.compile(
            ".*\\b(owners?|who|roles?|responsible|team|assignees?|by whom|dri|wer|verantwortlich|zuständig)\\b.*");
    private static final Pattern ROTA =
            Pattern.compile(".*\\b(shepherd|primary|secondary|manager|lead|captain|month|quarter|week|series|eol|end of"
                    + " life|released?|version|cadence|support(ed)?|example.*|variable|branch cut)\\b.*");
    private static final Pattern MARK = Pattern.compile(
            "(?i)^\\s*(\\[["
                    + " x]?]|[☐☑✅✔❌✖⬜❎🔲]\\uFE0F?|:(white_check_mark|heavy_check_mark|x|ballot_box_with_check|white_large_square):|x|yes|no|ja|nein|n/?a|required|optional|-|–|—)?\\s*$");
    private static final Pattern REAL_MARK = Pattern.compile(
            "(?i).*(\\[[ x]?]|[☐☑✅✔❌✖⬜❎🔲]|:\\w*(check|square|mark)\\w*:|\\bn/?a\\b|\\brequired\\b|\\boptional\\b).*");
    private static final Pattern NOT_APPLICABLE = Pattern.compile("(?i)\\s*(n\\s*/\\s*a|not applicable|entfällt)\\s*");
    private static final Pattern IMPERATIVE = Pattern.compile("^\\W*[A-ZÄÖÜ]?\\p{L}+ .*");

    private final LineCollector lines;

    TableReader(LineCollector lines) {
        this.lines = lines;
    }

    private record Row(int line, List<Inline> cells) {
        String text(int column) {
            return column >= 0 && column < cells.size() ? cells.get(column).text() : "";
        }
    }

    void read(TableBlock table, @Nullable LineDraft under, int line) {
        List<String> head = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (@Nullable Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (@Nullable Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                Row read = row(row);
                if (part instanceof TableHead) {
                    read.cells().forEach(cell -> head.add(cell.text().toLowerCase(Locale.ROOT)));
                } else {
                    rows.add(read);
                }
            }
        }
        int task = taskColumn(head, rows);
        if (lines.aside(line) || !checklist(head, rows, task)) {
            lines.unread(line, "a table that asks for nothing: a schedule, a rota or examples");
            return;
        }
        rows.forEach(row -> line(row, head, task, under));
    }

    private static Row row(Node row) {
        List<Inline> cells = new ArrayList<>();
        if (row instanceof TableRow) {
            for (@Nullable Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                if (cell instanceof TableCell) {
                    cells.add(Inline.of(cell));
                }
            }
        }
        return new Row(MarkdownReader.at(row), cells);
    }

    private static int taskColumn(List<String> head, List<Row> rows) {
        for (int i = 0; i < head.size(); i++) {
            if (TASK.matcher(head.get(i)).matches() && !marks(rows, i)) {
                return i;
            }
        }
        int longest = -1;
        double most = 0;
        for (int i = 0; i < head.size(); i++) {
            int column = i;
            double words = rows.stream()
                    .mapToInt(row -> row.text(column).split("\\s+").length)
                    .average()
                    .orElse(0);
            if (words > most) {
                most = words;
                longest = i;
            }
        }
        return most >= 2 ? longest : -1;
    }

    private static boolean marks(List<Row> rows, int column) {
        return rows.stream().allMatch(row -> MARK.matcher(row.text(column)).matches());
    }

    private static boolean checklist(List<String> head, List<Row> rows, int task) {
        if (task < 0 || rows.isEmpty()) {
            return false;
        }
        boolean boxes = false;
        boolean asked = false;
        long rota = 0;
        for (int i = 0; i < head.size(); i++) {
            int column = i;
            boxes |= i != task
                    && marks(rows, i)
                    && rows.stream()
                            .anyMatch(row -> REAL_MARK.matcher(row.text(column)).matches());
            asked |= i != task
                    && (DONE.matcher(head.get(i)).matches()
                            || WHO.matcher(head.get(i)).matches());
            rota += ROTA.matcher(head.get(i)).matches() ? 1 : 0;
        }
        boolean named = TASK.matcher(head.get(task)).matches();
        long verbs = rows.stream()
                .filter(row -> Words.startsWithVerb(row.text(task)))
                .count();
        if (boxes) {
            return true;
        }
        boolean asks = verbs * 2 >= rows.size()
                && (named || asked)
                && IMPERATIVE.matcher(rows.getFirst().text(task)).matches();
        return asks || (named && asked && rota < 2);
    }

    private void line(Row row, List<String> head, int task, @Nullable LineDraft under) {
        Inline asked = row.cells().size() > task ? row.cells().get(task) : new Inline();
        String text = asked.text();
        int beside = task + 1;
        boolean described = head.size() > beside && head.get(beside).contains("description");
        if (described && !row.text(beside).isEmpty()) {
            text = text + ": " + row.text(beside);
        }
        if (text.isBlank()) {
            lines.unread(row.line(), "a row without a task");
            return;
        }
        LineDraft draft = lines.add(text, row.line(), GuideLine.Shape.ROW, under);
        for (int i = 0; i < head.size(); i++) {
            if (i == task || (i == beside && described) || i >= row.cells().size()) {
                continue;
            }
            draft.marks.put(WHO.matcher(head.get(i)).matches() ? "who" : head.get(i), row.text(i));
            draft.struck |= NOT_APPLICABLE.matcher(row.text(i)).matches()
                    && DONE.matcher(head.get(i)).matches();
            draft.box = box(draft.box, row.text(i), DONE.matcher(head.get(i)).matches());
        }
        draft.struck |= asked.struck();
        row.cells().forEach(cell -> draft.links.addAll(cell.links()));
        row.cells().forEach(cell -> draft.code.addAll(cell.code()));
    }

    private static GuideLine.Box box(GuideLine.Box known, String cell, boolean done) {
        if (cell.matches("(?i).*(\\[x]|☑|✅|✔|:white_check_mark:|:heavy_check_mark:).*")) {
            return done ? GuideLine.Box.CHECKED : known;
        }
        return done ? GuideLine.Box.OPEN : known;
    }
}
