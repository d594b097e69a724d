package dev.slipway.guide;

import java.util.List;
import java.util.Map;

/**
 * A guide that was read.
 *
 * @param front what its front matter says
 * @param lines in the order of the file
 * @param unread what could not be read, or is no text of the guide
 */
public record Guide(String file, Map<String, String> front, List<GuideLine> lines, List<Unread> unread) {
    /** @param line from 1 */
    public record Unread(int line, String why) {}

    public Guide {
        front = Map.copyOf(front);
        lines = List.copyOf(lines);
        unread = List.copyOf(unread);
    }
}
