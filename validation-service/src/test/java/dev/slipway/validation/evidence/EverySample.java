package dev.slipway.validation.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A small report of some kind, of our own making, that fails in several places. */
record EverySample(String kind, String file, byte[] bytes) {
    static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 500_000));
    private static final Path SAMPLES = Path.of("src", "test", "resources", "reports", "every");

    /** Those whose format nothing closes, and what of them is missing then without a trace; only the run's exit status tells. */
    static final Map<String, String> ENDLESS = Map.of(
            "lcov.info", "records of further files",
            "go-cover.out", "further blocks",
            "gatling.txt", "assertions behind the table; a gate can ask for their number",
            "tracker.csv", "further issues",
            "checksums.txt", "further artifacts, and a gate asks for each that is released");

    /** At least one of each kind, by file. */
    static List<EverySample> all() throws IOException {
        List<EverySample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                String kind = name.substring(0, name.indexOf('.'));
                if (READERS.kinds().contains(kind)) {
                    samples.add(new EverySample(kind, name, Files.readAllBytes(file)));
                }
            }
        }
        return samples;
    }

    EvidenceReader reader() {
        return READERS.of(kind).orElseThrow();
    }
}
