package dev.slipway.bench;

import java.util.List;
import java.util.stream.Stream;

/** At least one report of every kind that is read, those that a goal names first. */
final class SampleReports {
    static final List<SampleReport> ALL = Stream.of(
                    TestSamples.ALL,
                    FindingSamples.ALL,
                    CoverageSamples.ALL,
                    BenchmarkSamples.ALL,
                    LoadSamples.ALL,
                    SupplySamples.ALL)
            .flatMap(List::stream)
            .toList();

    private SampleReports() {}
}
