using System.CommandLine;
using BenchmarkDotNet.Running;
using FastScaling.Benchmarks.Gate;

var root = new RootCommand("The benchmarks of FastScaling.Otel. Without one of these commands the arguments are BenchmarkDotNet's.")
{
    GateCommand.Create(),
};

if (args.Length > 0 && root.Subcommands.Any(command => command.Name == args[0]))
{
    return root.Parse(args).Invoke();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
