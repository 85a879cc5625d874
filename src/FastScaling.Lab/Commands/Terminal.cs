using Spectre.Console;

namespace FastScaling.Lab.Commands;

/// <summary>The terminal that results are shown on.</summary>
internal static class Terminal
{
    // What is read by a program or kept in a file has no screen to fit.
    private const int RedirectedWidth = 140;

    public static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }

    public static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        return table;
    }
}
