package dev.slipway.bench;

import dev.slipway.bench.SampleReport.Form;
import java.io.PrintStream;
import java.util.List;

/** What benchmarks measured, twenty times each or many more. */
final class BenchmarkSamples {
    static final List<SampleReport> ALL = List.of(
            new SampleReport("jmh", "JMH, %,d results", 10_000, Form.JSON, BenchmarkSamples::jmh),
            new SampleReport(
                    "google-benchmark", "Google Benchmark, %,d runs", 40_000, Form.JSON, BenchmarkSamples::google),
            new SampleReport(
                    "pytest-benchmark", "pytest-benchmark, %,d rounds", 1_000_000, Form.JSON, BenchmarkSamples::pytest),
            new SampleReport("criterion", "criterion, %,d samples", 100_000, Form.JSON, BenchmarkSamples::criterion),
            new SampleReport("go-bench", "go test -bench, %,d lines", 100_000, Form.LINES, BenchmarkSamples::go),
            new SampleReport("hyperfine", "hyperfine, %,d runs", 500_000, Form.JSON, BenchmarkSamples::hyperfine));

    private static final int EACH = 20;
    private static final int MANY = 2_000;

    private BenchmarkSamples() {}

    private static String separator(int i) {
        return i == 0 ? "\n" : ",\n";
    }

    private static void jmh(PrintStream out, int results) {
        out.print("[");
        for (int i = 0; i < results; i++) {
            out.print(separator(i) + "{\"jmhVersion\":\"1.37\",\"benchmark\":\"shop.Cart.add" + i
                    + "\",\"mode\":\"avgt\",\"threads\":1,\"forks\":1,\"jvm\":\"/jdk/bin/java\",\"jvmArgs\":[],"
                    + "\"warmupIterations\":1,\"measurementIterations\":20,\"params\":{\"size\":\"100\"},\"primaryMetric\":{"
                    + "\"score\":1.5,\"scoreError\":0.2,\"scoreConfidence\":[1.3,1.7],\"scorePercentiles\":{\"0.0\":1.4,"
                    + "\"50.0\":1.5,\"100.0\":1.6},\"scoreUnit\":\"us/op\",\"rawData\":[[1.4");
            for (int sample = 1; sample < EACH; sample++) {
                out.print(",1." + (4 + sample % 3) + i % 10);
            }
            out.print("]]},\"secondaryMetrics\":{}}");
        }
        out.print("]");
    }

    private static void google(PrintStream out, int runs) {
        out.print(
                "{\"context\":{\"date\":\"2026-01-02T03:04:05+00:00\",\"library_build_type\":\"release\"},\"benchmarks\":[");
        for (int i = 0; i < runs; i++) {
            String name = "BM_Add" + i / EACH;
            out.print(separator(i) + "{\"name\":\"" + name + "\",\"run_name\":\"" + name
                    + "\",\"run_type\":\"iteration\",\"repetitions\":20,\"repetition_index\":" + i % EACH
                    + ",\"threads\":1,\"iterations\":1000,\"real_time\":12." + i % 10
                    + ",\"cpu_time\":12.4,\"time_unit\":\"ns\"}");
        }
        out.print("]}");
    }

    private static void pytest(PrintStream out, int rounds) {
        out.print("{\"machine_info\":{\"node\":\"host\"},\"commit_info\":{\"id\":\"abc\"},\"benchmarks\":[");
        for (int i = 0; i < Math.max(1, rounds / MANY); i++) {
            out.print(
                    separator(i) + "{\"group\":null,\"name\":\"test_add" + i
                            + "\",\"fullname\":\"test_cart.py::test_add" + i
                            + "\",\"params\":null,\"param\":null,\"extra_info\":{},\"options\":{\"min_rounds\":5},\"stats\":{\"min\":0.001,"
                            + "\"max\":0.003,\"mean\":0.002,\"stddev\":0.001,\"rounds\":" + MANY
                            + ",\"median\":0.002,\"iqr\":0.001,\"q1\":0.001,\"q3\":0.003,\"ops\":500.0,\"total\":4.0,\"iterations\":1,\"data\":[");
            for (int round = 0; round < MANY; round++) {
                out.print((round == 0 ? "" : ",") + (round % 2 == 0 ? "0.001" : "0.003"));
            }
            out.print("]}}");
        }
        out.print("],\"datetime\":\"2026-01-02T03:04:05+00:00\",\"version\":\"4.0.0\"}");
    }

    private static void criterion(PrintStream out, int samples) {
        out.print("{\"sampling_mode\":\"Linear\",\"iters\":[1.0");
        for (int i = 1; i < samples; i++) {
            out.print("," + (i + 1) + ".0");
        }
        out.print("],\"times\":[1000.0");
        for (int i = 1; i < samples; i++) {
            out.print("," + 1_000L * (i + 1) + "." + i % 10);
        }
        out.print("]}");
    }

    private static void go(PrintStream out, int lines) {
        out.print("goos: linux\ngoarch: amd64\npkg: shop/cart\ncpu: Some CPU\n");
        for (int i = 0; i < lines; i++) {
            out.print("BenchmarkAdd" + i / EACH + "-2   \t 1000000\t      10" + i % 100 / 10 + i % 10
                    + " ns/op\t     120 B/op\t       3 allocs/op\n");
        }
        out.print("PASS\nok  \tshop/cart\t3.210s\n");
    }

    private static void hyperfine(PrintStream out, int runs) {
        out.print("{\"results\":[");
        for (int i = 0; i < Math.max(1, runs / MANY); i++) {
            out.print(separator(i) + "{\"command\":\"./shop --part " + i
                    + "\",\"mean\":0.012,\"stddev\":0.001,\"median\":0.012,\"user\":0.008,\"system\":0.003,\"min\":0.011,"
                    + "\"max\":0.014,\"times\":[0.011");
            for (int run = 1; run < MANY; run++) {
                out.print(",0.01" + run % 5);
            }
            out.print("],\"exit_codes\":[0" + ",0".repeat(MANY - 1) + "]}");
        }
        out.print("]}");
    }
}
