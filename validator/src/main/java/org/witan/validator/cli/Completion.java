package org.witan.validator.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan completion bash|zsh}: a script that lets a shell complete verbs and options. */
@Command(
        name = "completion",
        description = "Print a script for a shell: source <(witan completion bash)")
final class Completion implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash or zsh")
    private Shell shell = Shell.BASH;

    /** The shells that read the script; zsh does so through its bash emulation. */
    enum Shell {
        BASH,
        ZSH
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (shell == Shell.ZSH) {
            out.println("autoload -U +X bashcompinit && bashcompinit");
        }
        out.println(AutoComplete.bash("witan", spec.root().commandLine()));
        out.flush();
        return 0;
    }
}
