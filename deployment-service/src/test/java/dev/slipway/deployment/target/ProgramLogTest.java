package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.target.ProgramLog.Bounds;
import dev.slipway.deployment.target.ProgramLog.Bytes;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramLogTest {
    private static final Bounds BOUNDS = new Bounds(10, 2);
    private static final int ALL = 1_000;

    @TempDir
    Path folder = Path.of("");

    private ProgramLog log() {
        return new ProgramLog(folder);
    }

    private void write(String text) throws IOException {
        Files.writeString(log().current(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String text(Bytes bytes) {
        return new String(bytes.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void a_log_within_its_bound_is_left_alone_and_a_larger_one_is_moved_out_of_the_file_that_is_open()
            throws Exception {
        write("0123456789");
        log().bound(BOUNDS);
        assertThat(log().current()).hasContent("0123456789");

        write("abc");
        log().bound(BOUNDS);
        assertThat(log().current()).isEmptyFile();
        assertThat(folder.resolve("output.000000000000.log")).hasContent("0123456789");
        assertThat(folder.resolve("output.000000000010.log")).hasContent("abc");
    }

    @Test
    void of_more_than_all_pieces_may_hold_the_end_is_kept_in_its_place() throws Exception {
        write("x".repeat(25) + "0123456789abcdefghij");
        log().bound(BOUNDS);

        Bytes kept = log().read(0, ALL);
        assertThat(text(kept)).isEqualTo("0123456789abcdefghij");
        assertThat(kept.first()).isEqualTo(25);
        assertThat(kept.end()).isEqualTo(45);
    }

    @Test
    void places_stay_right_when_files_are_moved_and_across_starts() throws Exception {
        write("one\ntwo\n");
        long behindOne = LogLines.of(log().read(0, 4), 0, false).next();
        log().begin(BOUNDS);
        write("three\n");

        assertThat(behindOne).isEqualTo(4);
        assertThat(text(log().read(behindOne, ALL))).isEqualTo("two\nthree\n");
        assertThat(log().read(0, ALL).end()).isEqualTo(14);
        assertThat(text(log().last(6))).isEqualTo("three\n");
    }

    @Test
    void only_so_many_older_pieces_are_kept_and_it_is_said_where_what_is_kept_begins() throws Exception {
        for (int i = 0; i < 5; i++) {
            write("start " + i + "\n");
            log().begin(BOUNDS);
        }

        Bytes all = log().read(0, ALL);
        assertThat(text(all)).isEqualTo("start 3\nstart 4\n");
        assertThat(all.first()).isEqualTo(24);
        assertThat(all.from()).isEqualTo(24);
        assertThat(all.end()).isEqualTo(40);
    }

    @Test
    void what_is_kept_never_takes_more_than_the_pieces_and_the_file_that_is_open() throws Exception {
        for (int i = 0; i < 50; i++) {
            write("a line\n");
            log().bound(BOUNDS);
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThanOrEqualTo(30);
        }
    }

    @Test
    void a_last_line_without_an_end_is_not_joined_with_what_the_next_program_writes() throws Exception {
        write("cut of");
        log().begin(BOUNDS);
        write("next\n");

        assertThat(text(log().read(0, ALL))).isEqualTo("cut of\nnext\n");
    }

    @Test
    void a_log_that_is_not_there_is_empty() throws Exception {
        ProgramLog none = new ProgramLog(folder.resolve("none"));

        assertThat(none.read(7, ALL).bytes()).isEmpty();
        assertThat(none.last(ALL).end()).isZero();
    }

    /** How much that is depends on how long the machine takes between the last copy and the cut, not on this code. */
    @Test
    void a_program_that_writes_while_its_log_is_moved_loses_only_what_comes_between_two_pieces() throws Exception {
        Process writer = new ProcessBuilder(
                        "sh",
                        "-c",
                        "i=0; while [ $i -lt 100000 ]; do echo $i; i=$((i+1)); done; echo >&2; read l; echo $l")
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().current().toFile()))
                .start();
        Bounds bounds = new Bounds(20_000, 10_000);
        while (writer.isAlive() && writer.getErrorStream().available() == 0) {
            log().bound(bounds);
        }
        log().bound(bounds);
        try (Writer last = writer.outputWriter()) {
            last.write("the end\n");
        }

        assertThat(writer.waitFor()).isZero();
        assertThat(text(log().read(0, 10 << 20)).lines()).startsWith("0", "1").endsWith("the end");
        List<Path> pieces;
        try (Stream<Path> files = Files.list(folder)) {
            pieces = files.filter(file -> file.getFileName().toString().matches("output\\.[0-9]+\\.log"))
                    .sorted()
                    .toList();
        }
        assertThat(pieces).hasSizeGreaterThan(1).allSatisfy(piece -> {
            List<Integer> whole = wholeNumbers(Files.readAllLines(piece));
            assertThat(whole)
                    .isEqualTo(IntStream.range(0, whole.size())
                            .map(i -> whole.getFirst() + i)
                            .boxed()
                            .toList());
        });
        List<Integer> moved = new ArrayList<>();
        for (Path piece : pieces) {
            moved.addAll(wholeNumbers(Files.readAllLines(piece)));
        }
        assertThat(moved).as("nothing twice").isSorted().doesNotHaveDuplicates();
    }

    /** Without the first and the last line, which a piece that was full may hold a part of. */
    private static List<Integer> wholeNumbers(List<String> lines) {
        return lines.stream()
                .skip(1)
                .limit(Math.max(0, lines.size() - 2))
                .map(Integer::valueOf)
                .toList();
    }

    private static LogLines lines(String before, String text, String after, long asked, boolean ended) {
        int from = before.length();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return LogLines.of(new Bytes(from, bytes, 0, from + bytes.length + after.length()), asked, ended);
    }

    @Test
    void a_line_is_shown_once_it_is_whole_or_nobody_writes_any_more() {
        assertThat(lines("", "one\ntw", "", 0, false)).isEqualTo(new LogLines(List.of("one"), 4));
        assertThat(lines("", "one\ntw", "", 0, true)).isEqualTo(new LogLines(List.of("one", "tw"), 6));
        assertThat(lines("one", "\ntwo\r\n", "", 4, false)).isEqualTo(new LogLines(List.of("two"), 9));
        assertThat(lines("one", "\n", "", 4, false)).isEqualTo(new LogLines(List.of(), 4));
    }

    @Test
    void a_line_is_never_shown_from_its_middle_on() {
        assertThat(lines("password=hun", "ter2\nnext\n", "", 13, false).lines()).containsExactly("next");
        assertThat(lines("password=hun", "ter2", "", 13, false)).isEqualTo(new LogLines(List.of(), 13));
    }

    @Test
    void a_line_that_is_longer_than_an_answer_is_said_to_be_and_passed_over() {
        LogLines first = lines("", "xxxxxxxx", "xxx\nnext\n", 0, false);
        assertThat(first.lines()).singleElement().asString().contains("more than 8 bytes");
        assertThat(first.next()).isEqualTo(8);

        LogLines behind = lines("xxxxxxx", "xxxx\nnext\n", "", first.next(), false);
        assertThat(behind).isEqualTo(new LogLines(List.of("next"), 17));
    }
}
