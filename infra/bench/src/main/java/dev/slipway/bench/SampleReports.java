package dev.slipway.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Large reports as the usual tools write them, always the same. */
enum SampleReports {
    JUNIT("junit", 100_000, "JUnit, %,d cases", Form.XML) {
        @Override
        void write(PrintStream out, int cases) {
            out.print("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
            for (int i = 0; i < cases; i++) {
                if (i % 100 == 0) {
                    out.print((i == 0 ? "" : "</testsuite>\n") + "<testsuite name=\"dev.shop.Suite" + i
                            + "Test\" tests=\"100\" failures=\"0\" errors=\"0\" skipped=\"0\" time=\"1.2\">\n");
                }
                out.print("  <testcase classname=\"dev.shop.Suite" + i / 100 * 100 + "Test\" name=\"it_holds_for_case_"
                        + i + "\" time=\"0.012\"/>\n");
            }
            out.print("</testsuite>\n</testsuites>\n");
        }
    },
    SARIF("sarif", 50_000, "SARIF, %,d results", Form.JSON) {
        @Override
        void write(PrintStream out, int results) {
            out.print("{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"scan\",\"rules\":["
                    + "{\"id\":\"sql-injection\",\"defaultConfiguration\":{\"level\":\"warning\"}}]}},\"results\":[");
            for (int i = 0; i < results; i++) {
                out.print((i == 0 ? "" : ",") + "\n{\"ruleId\":\"sql-injection\",\"ruleIndex\":0,\"level\":\"warning\","
                        + "\"message\":{\"text\":\"The query is put together from input " + i + "\"},"
                        + "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"src/main/java/shop/File"
                        + i % 500 + ".java\"},\"region\":{\"startLine\":" + (i + 1)
                        + ",\"startColumn\":9,\"endColumn\":40}}}],\"partialFingerprints\":{\"primary\":\"" + i
                        + "\"}}");
            }
            out.print("]}]}");
        }
    },
    CYCLONEDX("cyclonedx", 10_000, "CycloneDX, %,d components", Form.JSON) {
        @Override
        void write(PrintStream out, int components) {
            out.print("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"components\":[");
            for (int i = 0; i < components; i++) {
                out.print((i == 0 ? "" : ",") + "\n{\"type\":\"library\",\"bom-ref\":\"pkg:maven/org.shop/part-" + i
                        + "@1.0." + i + "\",\"group\":\"org.shop\",\"name\":\"part-" + i + "\",\"version\":\"1.0." + i
                        + "\",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"" + "ab".repeat(32)
                        + "\"}],\"licenses\":[{\"license\":{\"id\":\"Apache-2.0\"}}],\"purl\":\"pkg:maven/org.shop/part-"
                        + i + "@1.0." + i + "\"}");
            }
            out.print("]}");
        }
    },
    LCOV("lcov", 1_000_000, "LCOV, %,d lines", Form.LINES) {
        @Override
        void write(PrintStream out, int lines) {
            int written = 0;
            for (int file = 0; written + 104 <= lines; file++) {
                out.print("SF:src/file" + file + ".js\n");
                for (int line = 1; line <= 100; line++) {
                    out.print("DA:" + line + "," + (line * 7 % 10) + "\n");
                }
                out.print("LF:100\nLH:90\nend_of_record\n");
                written += 104;
            }
        }
    };

    /** How a bare parser pulls it. */
    enum Form {
        XML,
        JSON,
        LINES
    }

    final String kind;
    final Form form;
    private final int size;
    private final String title;

    SampleReports(String kind, int size, String title, Form form) {
        this.kind = kind;
        this.size = size;
        this.title = title;
        this.form = form;
    }

    abstract void write(PrintStream out, int size);

    String title(int tenths) {
        return title.formatted(size / 10 * tenths);
    }

    /** @param tenths of its full size, 1 to 10 */
    byte[] bytes(int tenths) {
        return written(out -> write(out, size / 10 * tenths));
    }

    private static byte[] written(Consumer<PrintStream> writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            writing.accept(out);
        }
        return bytes.toByteArray();
    }
}
