using Spectre.Console;

namespace FastScaling.Demo.Display;

/// <summary>Chooses the display: live for a person at a terminal, plain lines for everything else.</summary>
internal static class Displays
{
    private const int PlainWidth = 80;

    public static IDisplay ForTerminal(DemoOptions options)
    {
        var isTerminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities is { Ansi: true, Interactive: true };
        return isTerminal ? new LiveDisplay(AnsiConsole.Console, options) : new LineDisplay(Console.Out, options);
    }

    /// <summary>Never an escape code, whatever the build server's environment claims to understand.</summary>
    public static IAnsiConsole Plain(TextWriter writer)
    {
        var settings = new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        };
        settings.Enrichment.UseDefaultEnrichers = false;
        var console = AnsiConsole.Create(settings);
        console.Profile.Width = PlainWidth;
        return console;
    }
}
