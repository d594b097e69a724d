package dev.slipway.release.paper;

import static dev.slipway.contracts.Texts.markup;

/** A document as one page of HTML: nothing in it runs or is fetched, and the page itself forbids it. */
public final class PaperHtml {
    /** What such a page may do: nothing but its own style. */
    public static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private PaperHtml() {}

    public static String of(Paper paper) {
        StringBuilder page = new StringBuilder(head(paper.title()));
        page.append("<h1>").append(markup(paper.title())).append("</h1>\n");
        paper.lead().forEach(line -> paragraph(page, line));
        paper.sections().forEach(section -> section(page, section));
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String head(String title) {
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="%s">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%s</title>
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
            h1, h2 { line-height: 1.2; }
            code { font-family: ui-monospace, monospace; font-size: 0.9em; opacity: 0.75; }
            </style>
            </head>
            <body>
            <main>
            """.formatted(markup(POLICY), markup(title));
    }

    private static void section(StringBuilder page, Paper.Section section) {
        page.append("<section>\n<h2>").append(markup(section.title())).append("</h2>\n");
        section.lead().forEach(line -> paragraph(page, line));
        if (!section.items().isEmpty()) {
            page.append("<ul>\n");
            section.items().forEach(item -> item(page, item));
            page.append("</ul>\n");
        } else if (!section.instead().isEmpty()) {
            paragraph(page, section.instead());
        }
        if (section.last() != null) {
            paragraph(page, section.last());
        }
        page.append("</section>\n");
    }

    private static void paragraph(StringBuilder page, String text) {
        page.append("<p>").append(markup(text)).append("</p>\n");
    }

    private static void item(StringBuilder page, Paper.Item item) {
        page.append("<li>");
        if (item.mark() != null) {
            page.append("<strong>").append(markup(item.mark())).append(":</strong> ");
        }
        page.append(markup(item.text()));
        if (item.code() != null) {
            page.append(" <code>").append(markup(item.code())).append("</code>");
        }
        page.append("</li>\n");
    }
}
