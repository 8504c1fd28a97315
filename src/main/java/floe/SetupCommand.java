package floe;

import picocli.CommandLine.Command;

@Command(name = "setup")
final class SetupCommand implements Runnable {
    SetupCommand(settings.Settings s) {}

    @Override
    public void run() {}
}
