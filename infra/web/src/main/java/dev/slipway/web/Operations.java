package dev.slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.SortedSet;

/** Which methods an address has, whoever asks. A server that only passes requests on declares a bean of its own. */
@FunctionalInterface
public interface Operations {
    /** By name, with HEAD where there is GET, and OPTIONS; empty where there is nothing at this address. */
    SortedSet<String> at(HttpServletRequest request);
}
