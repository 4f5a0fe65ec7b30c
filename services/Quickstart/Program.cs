using System.CommandLine;
using Quickstart.RunningSample;

var exitWhenDone = new Option<bool>("--exit-when-done") { Description = "End when every order has settled: exit code 0 if none is missing, 1 otherwise." };
var port = new Option<int>("--port") { Description = "Port on the loopback address; a free one is taken when it is in use.", DefaultValueFactory = _ => 5080 };
var root = new RootCommand("The whole system in one process, with nothing to install: in-memory transport, SQLite, stand-in APIs, a sample export of 2,000 orders.")
{
    exitWhenDone,
    port,
};
root.SetAction((parsed, cancellationToken) => SampleRun.Run(parsed.GetValue(port), parsed.GetValue(exitWhenDone), cancellationToken));
return await root.Parse(args).InvokeAsync();
