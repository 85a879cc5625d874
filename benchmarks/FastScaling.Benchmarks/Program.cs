using System.CommandLine;
using BenchmarkDotNet.Running;
using FastScaling.Benchmarks.Charts;
using FastScaling.Benchmarks.Experiments;
using FastScaling.Benchmarks.Gate;
using FastScaling.Benchmarks.Load;
using FastScaling.Benchmarks.Soak;
using FastScaling.Benchmarks.Starting;

var root = new RootCommand("The benchmarks of FastScaling.Otel. Anything that is no command goes to BenchmarkDotNet.")
{
    GateCommand.Create(),
    LoadCommand.Create(),
    StartCommand.Create(),
    ExperimentsCommand.Create(),
    ChartsCommand.Create(),
    SoakCommand.Create(),
    ServeCommand.Create(),
    SoakCloudWatchCommand.Create(),
};

if (args is [var first, ..] && root.Subcommands.Any(command => command.Name == first))
{
    return await root.Parse(args).InvokeAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
