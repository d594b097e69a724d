/** Documents for people, laid out once and written down in Markdown and HTML, which differ in nothing but escaping. */
@NullMarked
package dev.slipway.release.paper;

import org.jspecify.annotations.NullMarked;
