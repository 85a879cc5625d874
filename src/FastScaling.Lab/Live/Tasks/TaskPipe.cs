namespace FastScaling.Lab.Live.Tasks;

/// <summary>The words between the lab and a task: lines on the task's standard input and output.</summary>
internal static class TaskPipe
{
    /// <summary>The hidden command with which the tool starts itself as a task.</summary>
    public const string Command = "task";

    /// <summary>From the task: it listens. Followed by the port.</summary>
    public const string Listening = "listening ";

    /// <summary>To the task: what ECS says with SIGTERM.</summary>
    public const string Stop = "stop";

    /// <summary>To the task: its dependency takes so many milliseconds from now on.</summary>
    public const string Dependency = "dependency ";

    /// <summary>In an answer of the task: milliseconds that the request waited for its turn.</summary>
    public const string WaitedHeader = "x-waited-ms";

    /// <summary>In an answer of the task: its process id.</summary>
    public const string ProcessHeader = "x-process";
}
