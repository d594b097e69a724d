package dev.slipway.bench;

import dev.slipway.bench.SampleReport.Form;
import java.io.PrintStream;
import java.util.List;

/** Reports of coverage, nine lines in ten covered. */
final class CoverageSamples {
    static final List<SampleReport> ALL = List.of(
            new SampleReport("lcov", "LCOV, %,d lines", 1_000_000, Form.LINES, CoverageSamples::lcov),
            new SampleReport("jacoco", "JaCoCo, %,d lines of code", 300_000, Form.XML, CoverageSamples::jacoco),
            new SampleReport(
                    "cobertura", "Cobertura, %,d lines of code", 300_000, Form.XML, CoverageSamples::cobertura),
            new SampleReport("go-cover", "Go profile, %,d blocks", 300_000, Form.LINES, CoverageSamples::goCover),
            new SampleReport(
                    "coverage-py",
                    "coverage.py, %,d lines of code",
                    2_000_000,
                    Form.JSON,
                    CoverageSamples::coveragePy));

    private static final int IN_A_FILE = 100;
    private static final int COVERED_IN_A_FILE = 90;
    /** Of a record of LCOV, with what stands around its lines of code. */
    private static final int LINES_IN_A_RECORD = 104;

    private CoverageSamples() {}

    private static int files(int lines) {
        return Math.max(1, lines / IN_A_FILE);
    }

    private static void lcov(PrintStream out, int lines) {
        for (int file = 0; (file + 1) * LINES_IN_A_RECORD <= lines; file++) {
            out.print("SF:src/file" + file + ".js\n");
            for (int line = 1; line <= IN_A_FILE; line++) {
                out.print("DA:" + line + "," + (line * 7 % 10) + "\n");
            }
            out.print("LF:100\nLH:90\nend_of_record\n");
        }
    }

    private static void jacoco(PrintStream out, int lines) {
        String counters = "<counter type=\"INSTRUCTION\" missed=\"30\" covered=\"270\"/>"
                + "<counter type=\"LINE\" missed=\"10\" covered=\"90\"/>";
        out.print("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><!DOCTYPE report PUBLIC"
                + " \"-//JACOCO//DTD Report 1.1//EN\" \"report.dtd\"><report name=\"shop\">");
        for (int file = 0; file < files(lines); file++) {
            out.print("<package name=\"shop/p" + file + "\"><class name=\"shop/p" + file
                    + "/Cart\" sourcefilename=\"Cart.java\"><method name=\"add\" desc=\"()V\" line=\"1\">" + counters
                    + "</method>" + counters + "</class><sourcefile name=\"Cart.java\">");
            for (int line = 1; line <= IN_A_FILE; line++) {
                out.print("<line nr=\"" + line
                        + (line > COVERED_IN_A_FILE ? "\" mi=\"3\" ci=\"0\"" : "\" mi=\"0\" ci=\"3\"")
                        + " mb=\"0\" cb=\"0\"/>");
            }
            out.print(counters + "</sourcefile>" + counters + "</package>");
        }
        int all = files(lines);
        out.print("<counter type=\"INSTRUCTION\" missed=\"" + 30 * all + "\" covered=\"" + 270 * all
                + "\"/><counter type=\"LINE\" missed=\"" + 10 * all + "\" covered=\"" + 90 * all + "\"/></report>");
    }

    private static void cobertura(PrintStream out, int lines) {
        int all = files(lines);
        out.print(
                "<?xml version=\"1.0\" ?>\n<!DOCTYPE coverage SYSTEM 'http://cobertura.sourceforge.net/xml/coverage-04.dtd'>\n"
                        + "<coverage lines-valid=\"" + IN_A_FILE * all + "\" lines-covered=\"" + COVERED_IN_A_FILE * all
                        + "\" line-rate=\"0.9\" branches-valid=\"0\" branches-covered=\"0\" branch-rate=\"0\" version=\"0.1\">\n"
                        + "<sources><source>/src</source></sources>\n<packages><package name=\"main\" line-rate=\"0.9\"><classes>\n");
        for (int file = 0; file < all; file++) {
            out.print(
                    "<class name=\"c" + file + "\" filename=\"c" + file + ".js\" line-rate=\"0.9\"><methods/><lines>");
            for (int line = 1; line <= IN_A_FILE; line++) {
                out.print("<line number=\"" + line + "\" hits=\"" + (line > COVERED_IN_A_FILE ? 0 : 7)
                        + "\" branch=\"false\"/>");
            }
            out.print("</lines></class>\n");
        }
        out.print("</classes></package></packages>\n</coverage>\n");
    }

    private static void goCover(PrintStream out, int blocks) {
        out.print("mode: set\n");
        for (int i = 0; i < blocks; i++) {
            int line = i % IN_A_FILE * 4 + 1;
            out.print("shop/cart/file" + i / IN_A_FILE + ".go:" + line + ".20," + (line + 2) + ".2 2 "
                    + (i % 10 == 0 ? 0 : 1) + "\n");
        }
    }

    private static void coveragePy(PrintStream out, int lines) {
        int all = files(lines);
        out.print("{\"meta\":{\"format\":3,\"version\":\"7.6.1\",\"branch_coverage\":false},\"files\":{");
        for (int file = 0; file < all; file++) {
            out.print((file == 0 ? "" : ",") + "\"shop/file" + file + ".py\":{\"executed_lines\":[1");
            for (int line = 2; line <= COVERED_IN_A_FILE; line++) {
                out.print("," + line);
            }
            out.print(
                    "],\"summary\":{\"covered_lines\":90,\"num_statements\":100,\"missing_lines\":10},\"missing_lines\":[91,"
                            + "92,93,94,95,96,97,98,99,100],\"excluded_lines\":[]}");
        }
        out.print("},\"totals\":{\"covered_lines\":" + COVERED_IN_A_FILE * all + ",\"num_statements\":"
                + IN_A_FILE * all + ",\"missing_lines\":" + 10 * all + ",\"excluded_lines\":0}}");
    }
}
