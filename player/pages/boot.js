(function () {
  var sent = 0;
  function report(text) {
    if (sent++ < 5) new Image().src = "err?m=" + encodeURIComponent(String(text).slice(0, 400));
  }
  function tooOld(why) {
    document.documentElement.className = "old";
    report(why);
  }
  window.onerror = function (message, file, line, column) {
    report(message + " " + file + ":" + line + ":" + column);
  };
  if (
    !window.Promise ||
    !window.fetch ||
    !window.indexedDB ||
    !window.NodeList ||
    !NodeList.prototype.forEach
  ) {
    tooOld("too old: " + navigator.userAgent);
  } else {
    // A script that does not parse leaves no trace but this one.
    setTimeout(function () {
      if (!window.signageStarted) tooOld("not started: " + navigator.userAgent);
    }, 20000);
  }
})();
