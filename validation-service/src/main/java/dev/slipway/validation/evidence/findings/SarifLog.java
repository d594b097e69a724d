package dev.slipway.validation.evidence.findings;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;

/** One pass over a log: its version, and its runs one after the other. */
final class SarifLog {
    private final ReportJson json;
    private final SarifTally tally = new SarifTally();
    private boolean versioned;
    private boolean results;
    private int runs;

    SarifLog(ReportJson json) {
        this.json = json;
    }

    Reading read() throws UnreadableEvidence {
        if (!json.isObject()) {
            throw json.error("A SARIF log is an object");
        }
        json.members(name -> {
            switch (name) {
                case "version" -> version();
                case "runs" -> runs();
                case "inlineExternalProperties" -> external();
                default -> json.skip();
            }
        });
        if (!versioned) {
            throw json.error("It does not say version \"" + SarifReader.VERSION + "\", so it is no SARIF log");
        }
        if (runs == 0) {
            throw json.error("It holds no run, so it proves nothing: its tool did not run");
        }
        if (results) {
            throw json.error(
                    "Its results stand in inlineExternalProperties, which are not read; let the tool write them"
                            + " into the run");
        }
        return tally.reading();
    }

    private void version() throws UnreadableEvidence {
        if (!json.isText() || !json.text().equals(SarifReader.VERSION)) {
            throw json.error("Only SARIF " + SarifReader.VERSION + " is read; ask the tool for it");
        }
        versioned = true;
    }

    private void runs() throws UnreadableEvidence {
        if (json.isNull()) {
            return; // "could not be had", which is none
        }
        json.elements(() -> {
            runs++;
            new SarifRun(json).read().into(tally);
        });
    }

    private void external() throws UnreadableEvidence {
        if (json.isList()) {
            json.elements(() -> json.members(name -> results |= name.equals("results")));
        }
    }
}
