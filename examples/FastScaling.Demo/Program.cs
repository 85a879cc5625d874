using System.CommandLine;
using FastScaling.Demo;

// Ctrl-C and SIGTERM are the demo's own: what is in flight is answered and the last samples are sent before it ends.
return await DemoCommand.Create()
    .Parse(args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
