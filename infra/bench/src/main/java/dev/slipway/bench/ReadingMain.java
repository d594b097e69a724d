package dev.slipway.bench;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;

/**
 * Reads reports in a process of its own, so that its memory can be told: {@code READY} once a tiny one was read and all
 * rests, then for each line {@code KIND FILE} what the reading took, in nanoseconds.
 */
public final class ReadingMain {
    static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 500_000));
    private static final String TINY = "<testsuite name='s'><testcase name='a'/></testsuite>";

    private ReadingMain() {}

    public static void main(String[] arguments) throws IOException, UnreadableEvidence {
        READERS.of(JUnitReader.KIND).orElseThrow().read(TINY.getBytes(StandardCharsets.UTF_8), "tiny");
        System.gc();
        System.out.println("READY");
        try (Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                String[] words = lines.nextLine().split(" ", 2);
                byte[] report = Files.readAllBytes(Path.of(words[1]));
                long from = System.nanoTime();
                READERS.of(words[0]).orElseThrow().read(report, words[1]);
                System.out.println(System.nanoTime() - from);
            }
        }
    }
}
