using System.CommandLine;
using FastScaling.Lab.Live.Tasks;

namespace FastScaling.Lab.Commands;

/// <summary>The hidden command with which the live lab starts its tasks.</summary>
internal static class TaskCommand
{
    public static Command Create()
    {
        var command = new Command(TaskPipe.Command, "A task of the live lab, which alone starts it.") { Hidden = true };
        command.SetAction(static (_, _) => TaskService.RunAsync(Console.In, Console.Out));
        return command;
    }
}
