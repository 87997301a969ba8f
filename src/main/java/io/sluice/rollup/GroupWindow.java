package io.sluice.rollup;

/** A group's window on the heap. */
record GroupWindow(String group, OpenWindow window) {}
