@NullMarked
package dev.slipway.cli.shell;

import org.jspecify.annotations.NullMarked;
