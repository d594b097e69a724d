package dev.slipway.release.notes;

import static dev.slipway.contracts.Texts.markup;

import dev.slipway.contracts.release.NotesView;

/** Notes as one page of HTML: nothing in it runs or is fetched, and the page itself forbids it. */
public final class NotesHtml {
    /** What such a page may do: nothing but its own style. */
    public static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private NotesHtml() {}

    public static String of(NotesView notes) {
        NotesPaper paper = NotesPaper.of(notes);
        StringBuilder page = new StringBuilder(head(paper.title()));
        page.append("<h1>").append(markup(paper.title())).append("</h1>\n");
        paper.lead().forEach(line -> page.append("<p>").append(markup(line)).append("</p>\n"));
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

    private static void section(StringBuilder page, NotesPaper.Section section) {
        page.append("<section>\n<h2>").append(markup(section.title())).append("</h2>\n");
        if (section.items().isEmpty()) {
            page.append("<p>").append(markup(section.instead())).append("</p>\n");
        } else {
            page.append("<ul>\n");
            section.items().forEach(item -> item(page, item));
            page.append("</ul>\n");
        }
        page.append("</section>\n");
    }

    private static void item(StringBuilder page, NotesPaper.Item item) {
        page.append("<li>");
        if (item.mark() != null) {
            page.append("<strong>").append(markup(item.mark())).append(":</strong> ");
        }
        page.append(markup(item.text()));
        if (item.commit() != null) {
            page.append(" <code>").append(item.commit()).append("</code>");
        }
        page.append("</li>\n");
    }
}
