package org.witan.validator.cli;

import java.io.PrintWriter;
import java.io.Writer;

/**
 * Runs several commands in one process, for a recording of the classes that they load.
 *
 * <p>The launcher makes its start cache from such a recording; nothing else calls this. What the
 * commands print and whether they succeed does not matter: an error's path is worth a fast start
 * too.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** Runs each argument as one command line, its words separated by single spaces. */
    public static void main(String[] commands) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        for (String command : commands) {
            Main.run(command.split(" ", -1), nowhere, nowhere);
        }
        // A node that one of them started lives on; the recording is made when the process ends.
        System.exit(0);
    }
}
