using FastScaling.Lab.Commands;

namespace FastScaling.Lab;

internal static class Program
{
    private static Task<int> Main(string[] args) => LabCommand.RunAsync(args);
}
